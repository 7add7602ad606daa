import { once } from "node:events";
import {
  BASE,
  printedBy,
  shownOn,
  start,
  ways,
  type Running,
} from "./curlLines";

jest.setTimeout(120_000);

const shown = shownOn("migrating-from-gravitee.md");

/** Removes request IDs, which differ in each response. */
const withoutIds = (text: string): string =>
  text.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "…");

describe("the curl commands of the Gravitee guide", () => {
  it("include every command of the page", () => {
    expect(shown.length).toBeGreaterThan(20);
  });

  describe.each(["node", "express", "fastify", "fetch"])("under %s", (host) => {
    let gateway: Running;

    beforeAll(async () => {
      gateway = await start("gravitee.mjs", host);
    });

    afterAll(async () => {
      gateway.process.kill();
      await once(gateway.process, "exit");
    });

    it("are the commands that the example prints", () => {
      expect(printedBy(gateway)).toEqual(shown.map(({ line }) => line));
    });

    describe.each(ways)("by %s", (_, ask) => {
      it.each(shown)("$line", async ({ line, ...answer }) => {
        const told = await ask(line.replace(BASE, gateway.base));

        expect(told.statusLine).toBe(answer.statusLine);
        expect(withoutIds(told.body)).toBe(withoutIds(answer.body));
        expect(told.headers.map(toLowerCase)).toEqual(
          expect.arrayContaining(answer.headers.map(toLowerCase)),
        );
      });
    });

    it("logs failures and the event to the console of the example", () => {
      expect(gateway.printed()).toContain(
        "! /fail-safe AWS_LAMBDA_INVALID_RESPONSE: the request continues",
      );
      expect(gateway.printed()).toContain("order-log received GET /orders/7");
    });
  });
});

const toLowerCase = (text: string): string => text.toLowerCase();
