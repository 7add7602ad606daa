import { readVerdict } from "../../../gateway/route/readVerdict";

describe("readVerdict", () => {
  it.each([
    undefined,
    null,
    {},
    { change: undefined },
    { change: {} },
    { change: { status: 200, body: undefined } },
    { stop: { status: 403 }, change: undefined },
    { answer: { status: 200, statusText: "a", headers: {}, body: "" } },
  ])("takes %j", (verdict) => {
    expect(() => readVerdict(verdict)).not.toThrow();
  });

  it.each([
    [{ stopp: { status: 403 } }, "stopp"],
    [{ Stop: { status: 403 } }, "Stop"],
    [{ status: 401 }, "status"],
    [{ terminate: { code: 401 } }, "terminate"],
    [{ change: { setHeader: {} } }, "setHeader"],
    [{ stop: { status: 403, code: 403 } }, "code"],
    [{ answer: { status: 200, json: {} } }, "json"],
    [{ stop: true }, "stop takes an object with status"],
    [{ change: "no" }, "change takes an object"],
    [{ change: {}, stop: { status: 403 } }, "change and stop: give one"],
    [true, "a verdict takes an object with change, stop, answer"],
    [false, "a verdict takes"],
    ["no", "a verdict takes"],
    [[], "a verdict takes"],
    [403, "a verdict takes"],
  ])("refuses %j, naming it", (verdict, name) => {
    expect(() => readVerdict(verdict)).toThrow(
      expect.objectContaining({
        name: "UnsendableError",
        message: expect.stringContaining(name) as string,
      }) as Error,
    );
  });
});
