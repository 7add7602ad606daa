import dns from "node:dns";
import net from "node:net";
import { connectToHost } from "../../../../src/engine/sockets/connectToHost";

describe("connectToHost", () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it("tries every address if opening a socket throws at once, and reports all errors", async () => {
    const lookup = (
      _hostname: string,
      _options: object,
      done: (error: null, found: dns.LookupAddress[]) => void,
    ): void => {
      done(null, [
        { address: "192.0.2.1", family: 4 },
        { address: "2001:db8::1", family: 6 },
      ]);
    };
    jest.spyOn(dns, "lookup").mockImplementation(lookup as never);
    const connect = jest.spyOn(net, "connect").mockImplementation(() => {
      throw Object.assign(new Error("no socket"), { code: "EMFILE" });
    });

    const failure = connectToHost(
      { hostname: "lambda.example", port: 443 },
      { signal: new AbortController().signal, timeoutMs: 3_000 },
    );

    await expect(failure).rejects.toMatchObject({
      code: "EMFILE",
      errors: [{ message: "no socket" }, { message: "no socket" }],
    });
    expect(connect).toHaveBeenCalledTimes(2);
  });
});
