import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InvokeFunctionResponse } from "../../../domain";
import { FUNCTIONS } from "../../../gateway/gravitee/expression/functions/FUNCTIONS";
import {
  awsLambdaPolicy,
  type PolicyStep,
} from "../../../gateway/gravitee/awsLambdaPolicy";
import { toLambdaResponse } from "../../../gateway/gravitee/response/toLambdaResponse";
import { TEMPLATED_OPTIONS } from "../../../gateway/gravitee/configuration/templatedOptions";
import { TIMEOUT_OPTIONS } from "../../../gateway/gravitee/configuration/timeoutOptions";
import { AWS_LAMBDA_ERRORS } from "../../../gateway/gravitee/errors/AWS_LAMBDA_ERRORS";
import type { ResponseTemplates } from "../../../gateway/gravitee/configuration/ResponseTemplates";
import { catchError } from "../../catchError";

const PAGE = readFileSync(
  join(__dirname, "../../../docs/guides/migrating-from-gravitee.md"),
  "utf8",
);

/** The rows of the first table under a heading, cell by cell, without its head. */
function tableUnder(heading: string): string[][] {
  const [, rest = ""] = PAGE.split(`\n## ${heading}\n`);
  const [part = ""] = rest.split("\n## ");
  const [table = ""] = /(?:^\|.*\n)+/m.exec(part) ?? [];
  return [...table.matchAll(/^\| (.*) \|$/gm)]
    .slice(2)
    .map(([, row = ""]) =>
      row
        .split(/(?<!\\) \| /)
        .map((cell) => cell.trim().replace(/^`(.*)`$/, "$1")),
    );
}

const namesUnder = (heading: string): string[] =>
  tableUnder(heading).map(([name = ""]) => name);

const make = (options: object): Promise<PolicyStep> =>
  awsLambdaPolicy({
    semantics: "v4",
    configuration: { function: "stock-lookup" },
    ...options,
  });

/** What is said of a policy that is not made. */
async function refusalOf(options: object): Promise<string> {
  const { message } = (await catchError(() => make(options))) as Error;
  return message;
}

describe("the guide for migrating from Gravitee", () => {
  it("the Gravitee guide names every option of this package", async () => {
    const told = await refusalOf({ nothing: true });
    const [, known = ""] = /; its options are (.*) \(Gravitee/.exec(told) ?? [];

    expect(namesUnder("Options").sort()).toEqual(known.split(", ").sort());
  });

  it("the Gravitee guide names every option of Gravitee's policy", () => {
    const times = Object.entries(TIMEOUT_OPTIONS).flatMap(([name, before]) =>
      before ? [name, before] : [name],
    );
    const known = [
      "scope",
      ...TEMPLATED_OPTIONS,
      "variables",
      "sendToConsumer",
      ...times,
      "ssl.trustAll",
    ];

    expect(namesUnder("Gravitee's options").sort()).toEqual(known.sort());
  });

  it("the Gravitee guide names every property of #lambdaResponse", () => {
    const answer = new InvokeFunctionResponse(
      { statusCode: 200, payloadBytes: new Uint8Array() },
      () => undefined,
    );

    expect(namesUnder("`#lambdaResponse`")).toEqual(
      toLambdaResponse(answer).names(),
    );
  });

  it("the Gravitee guide names every error with its text and status", () => {
    const shown = tableUnder("Errors").map((row) => row.slice(0, 3));

    expect(shown).toEqual(
      Object.values(AWS_LAMBDA_ERRORS).map(({ key, message, status }) => [
        key,
        message,
        String(status),
      ]),
    );
  });

  it("the Gravitee guide names every function and class of expressions", async () => {
    const shown = namesUnder("Expressions");
    const told = await refusalOf({
      configuration: { function: "{T(Nothing).at()}" },
    });
    const [, classes = ""] =
      /the available classes are ([\w, ]*)/.exec(told) ?? [];

    expect(shown.filter((name) => name.startsWith("#"))).toEqual(
      [...FUNCTIONS.keys()].map((name) => `#${name}`),
    );
    const [, said = ""] =
      /The classes are ([^.]*?),? by these/.exec(PAGE) ?? [];
    expect(said.match(/\w+(?=`)/g)).toEqual(classes.split(", "));
  });

  it("the Gravitee guide has only expressions that parse", async () => {
    const [, part = ""] = PAGE.split("\n## Expressions\n");
    const examples = [...part.matchAll(/`([#T][^`]*\([^`]*\)[^`]*)`/g)].map(
      ([, expression = ""]) => expression,
    );

    expect(examples.length).toBeGreaterThan(5);
    for (const expression of examples)
      await make({
        configuration: { function: "f", payload: `{${expression}}` },
      });
  });

  it("the Gravitee guide has only JSON that a policy accepts", async () => {
    const blocks = [...PAGE.matchAll(/^```json\n([^]*?)^```$/gm)].map(
      ([, json = ""]) => json,
    );

    expect(blocks.length).toBeGreaterThan(1);
    for (const json of blocks)
      if ("function" in (JSON.parse(json) as object))
        await make({ configuration: json });
      else
        await make({
          responseTemplates: JSON.parse(json) as ResponseTemplates,
        });
  });
});
