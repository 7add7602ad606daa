import { readVerdict } from "../../../../gateway/route/verdict/readVerdict";

describe("readVerdict", () => {
  it.each([
    undefined,
    null,
    {},
    { change: undefined },
    { change: {} },
    { change: { status: 200, body: undefined } },
    { respond: { status: 403 }, change: undefined },
    { originResponse: { status: 200, statusText: "a", headers: {}, body: "" } },
  ])("accepts %j", (verdict) => {
    expect(() => readVerdict(verdict)).not.toThrow();
  });

  it.each([
    [{ respnd: { status: 403 } }, "respnd"],
    [{ Respond: { status: 403 } }, "Respond"],
    [{ status: 401 }, "status"],
    [{ terminate: { code: 401 } }, "terminate"],
    [{ change: { setHeader: {} } }, "setHeader"],
    [{ respond: { status: 403, code: 403 } }, "code"],
    [{ originResponse: { status: 200, json: {} } }, "json"],
    [{ respond: true }, "respond must be an object with status"],
    [{ change: "no" }, "change must be an object"],
    [
      { change: {}, respond: { status: 403 } },
      "only one member, not change and respond",
    ],
    [{ respond: undefined }, "respond must be an object"],
    [{ respond: null, change: undefined }, "respond must be an object"],
    [{ originResponse: undefined }, "originResponse must be an object"],
    [true, "a verdict must be an object with change, originResponse, respond"],
    [false, "a verdict must be"],
    ["no", "a verdict must be"],
    [[], "a verdict must be"],
    [403, "a verdict must be"],
    [new Response("no", { status: 401 }), "a verdict must be"],
    [new Map([["respond", { status: 401 }]]), "a verdict must be"],
    [new Error("denied"), "a verdict must be"],
    [{ respond: new Response() }, "respond must be"],
    [{ change: new Headers({ a: "1" }) }, "change must be"],
  ])("refuses %j by name", (verdict, name) => {
    expect(() => readVerdict(verdict)).toThrow(
      expect.objectContaining({
        name: "UnsendableError",
        message: expect.stringContaining(name) as string,
      }) as Error,
    );
  });
});
