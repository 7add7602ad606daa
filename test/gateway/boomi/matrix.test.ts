import { DeadlineError, ServiceError, TransportError } from "../../../src";
import { call, configured, type Answering } from "./scenario";

const base = {
  operation: "AssumeRoleInvoke",
  message: "lost",
  retryable: false,
};
const failures: readonly (readonly [string, Answering])[] = [
  ["no answer", { text: "" }],
  ["an answer that is no JSON", { text: "<html>" }],
  ["an answer that is no object", { text: "[1]" }],
  ["a status that is no success", { status: 204 }],
  ["a lost connection", { thrown: new TransportError(base) }],
  [
    "a refusal by AWS",
    {
      thrown: new ServiceError({
        ...base,
        httpStatus: 403,
        serviceCode: "AccessDenied",
      }),
    },
  ],
  ["a timeout", { thrown: new DeadlineError({ ...base, reason: "timeout" }) }],
  ["a function that failed", { failed: "{}" }],
  [
    "an answer that cannot be sent",
    { json: { modify: { addHeaders: { "X-A": "a\r\nb" } } } },
  ],
];

describe("Boomi's business rules matrix", () => {
  describe.each(["pre", "post"] as const)("at %s", (point) => {
    const at = (...lines: string[]) => ({ [point]: configured(...lines) });

    it.each(["synchronicity:request-response", "synchronicity:event"])(
      "forwards the call when the function allows it, with failSafe true or false: %s",
      async (mode) => {
        for (const policy of ["failSafe:false", "failSafe:true"]) {
          const { status, origin, inputs } = await call(at(mode, policy));

          expect([status, origin !== undefined, inputs.length]).toEqual([
            200,
            true,
            1,
          ]);
        }
      },
    );

    it.each(failures)(
      "does not forward the call after %s with request-response and failSafe false",
      async (_, answer) => {
        const { status, failures: told } = await call({
          ...at(),
          answers: [answer],
        });

        expect(status).toBeGreaterThanOrEqual(500);
        expect(told).toMatchObject([{ isSuppressed: false }]);
      },
    );

    it.each(failures)(
      "forwards the call after %s with request-response and failSafe true",
      async (_, answer) => {
        const { status, failures: told } = await call({
          ...at("failSafe:true"),
          answers: [answer],
        });

        expect(status).toBe(200);
        expect(told).toMatchObject([
          {
            isSuppressed: true,
            point: point === "pre" ? "PreProcessor" : "PostProcessor",
          },
        ]);
      },
    );

    it.each(
      failures.filter(
        ([, answer]) =>
          "thrown" in answer || "failed" in answer || "status" in answer,
      ),
    )(
      "forwards the call after %s with event, with failSafe true or false",
      async (_, answer) => {
        for (const policy of ["failSafe:false", "failSafe:true"]) {
          const { status } = await call({
            ...at("synchronicity:event", policy),
            answers: [answer],
          });

          expect(status).toBe(200);
        }
      },
    );

    it("stops the call on a terminate response, with failSafe true or false", async () => {
      for (const policy of ["failSafe:false", "failSafe:true"]) {
        const { status } = await call({
          ...at(policy),
          answers: [{ json: { terminate: { code: 451 } } }],
        });

        expect(status).toBe(451);
      }
    });

    it("ignores the response to an event", async () => {
      const { status, requests } = await call({
        ...at("synchronicity:Event"),
        answers: [{ json: { terminate: { code: 451 } } }],
      });

      expect(status).toBe(200);
      expect(requests[0]).toMatchObject({ invocationType: "Event" });
    });

    it("stops a call with a client error, with failSafe true or false", async () => {
      const options = { applicationEavs: () => ({}) };
      const { status } = await call({
        ...at("failSafe:true", "require-eavs:contractId"),
        options,
      });

      expect(status).toBe(400);
    });
  });
});
