// The cost of a request whose function payload contains expressions, compared with Express, the AWS SDK and template literals.
import { EXPRESSIONS } from "../clients/policies.mjs";
import { loadLanguage } from "../runner/loadLanguage.mjs";
import { atMost, format } from "../runner/targets.mjs";
import {
  measure as measureInProcess,
  withServer,
} from "../runner/processes.mjs";
import { interleave } from "../runner/rounds.mjs";
import { measure as measureGateway } from "./gateway.mjs";

const CALLS = 6_000;
const EVALUATIONS = 200_000;
const TARGET = 0.4;
const TARGET_US = 5;

/** Measures one expression, or a gateway. */
export async function measure(job) {
  return job.expression === undefined ? measureGateway(job) : evaluate(job);
}

async function evaluate({ expression, evaluations }) {
  const language = loadLanguage([
    "libraries/peers",
    "parseTemplate",
    "values/AttributeMap",
    "values/Bean",
    "values/MultiMap",
  ]);
  const { AttributeMap, beanOf, MultiMap, parseTemplate } = language;
  await language.loadLibraries();
  const toRequest = beanOf("request", {
    method: () => "POST",
    path: () => "/orders",
    params: () => new MultiMap(["sku", "A-17"]),
    headers: () =>
      new MultiMap(["Host", "x", "X-Tier", "gold"], { names: "any-case" }),
  });
  const template = parseTemplate(expression);
  const once = () =>
    // The policy creates a scope for each exchange as well.
    template.toText({
      variables: {
        request: toRequest(undefined),
        context: { attributes: new AttributeMap(new Map([["app", "shop"]])) },
        lambdaResponse: { status: 200, content: '{"level":5,"rest":"of it"}' },
      },
    });
  for (let at = 0; at < evaluations / 10; at++) once();
  const start = performance.now();
  for (let at = 0; at < evaluations; at++) once();
  return { us: (1e3 * (performance.now() - start)) / evaluations };
}

/** Typical expressions, by the name in the table. */
const TYPICAL = {
  "#request.method": "{#request.method}",
  "#request.params['sku']": "{#request.params['sku']}",
  "#request.headers['X-Tier'][0]": "{#request.headers['X-Tier'][0]}",
  "#context.attributes['app']": "{#context.attributes['app']}",
  "a condition": "{#request.headers['X-Tier'][0] == 'gold' ? 'a' : 'b'}",
  "#jsonPath(#lambdaResponse.content, '$.level')": EXPRESSIONS.variable,
  "the payload, four expressions": EXPRESSIONS.payload,
};

const TITLES = {
  policyInNode: "the policy, in `node:http`",
  policyInExpress: "the same, in Express, including the cost of Express",
  templatesInExpress: "Express, the AWS SDK and template literals",
};

export async function run({ rounds, share }) {
  return withServer("gateway", async ({ connection }) => {
    const gateways = Object.fromEntries(
      Object.keys(TITLES).map((gateway) => [
        gateway,
        { scenario: "policy", gateway, calls: share(CALLS), connection },
      ]),
    );
    const expressions = Object.fromEntries(
      Object.entries(TYPICAL).map(([name, expression]) => [
        name,
        { scenario: "policy", expression, evaluations: share(EVALUATIONS) },
      ]),
    );
    const median = await interleave({
      rounds,
      jobs: { ...gateways, ...expressions },
      measure: measureInProcess,
    });
    return report(
      (name) => median(name, "cpuUs"),
      (name) => median(name, "us"),
    );
  });
}

function report(cost, us) {
  const ratio = (name) => cost(name) / cost("templatesInExpress");
  const single = Object.keys(TYPICAL).slice(0, -1);
  const [worst] = single.toSorted((a, b) => us(b) - us(a));
  return {
    title: "A payload with expressions",
    note: "CPU per request of the gateway's process, 32 in flight: a payload of four expressions, a function in another account, one variable from its response, an origin that responds with 200 bytes. Below, the time of a single evaluation.",
    targets: [
      atMost(TARGET, {
        short: "a templated payload through the gateway: CPU",
        what: "CPU of a request with a templated payload and one variable, against Express, the AWS SDK and template literals",
        value: ratio("policyInNode"),
      }),
      atMost(TARGET_US, {
        short: "evaluating an expression",
        what: "Time of evaluating a typical expression",
        where: `\`${worst}\``,
        value: us(worst),
        unit: "µs",
      }),
    ],
    table: {
      heads: ["", "cost"],
      rows: [
        ...Object.entries(TITLES).map(([name, title]) => [
          title,
          `${format(ratio(name), "×")} (${cost(name).toFixed(0)} µs)`,
        ]),
        ...Object.keys(TYPICAL).map((name) => [
          name.startsWith("#") ? `\`${name}\`` : name,
          format(us(name), "µs"),
        ]),
      ],
    },
  };
}
