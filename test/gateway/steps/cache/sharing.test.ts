import { PassThrough, Readable } from "node:stream";
import { fresh, Scenario, settle, type Reply } from "./scenario";

/** An origin that responds when a test says so. */
class Held {
  readonly #waiting: {
    resolve: (reply: Reply) => void;
    reject: (error: Error) => void;
  }[] = [];

  readonly answer = (): Promise<Reply> =>
    new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });

  /** Ends the oldest request. */
  async end(result: Reply | Error): Promise<void> {
    const first = this.#waiting.shift();
    if (result instanceof Error) first?.reject(result);
    else first?.resolve(result);
    await settle();
  }
}

describe("requests for the same response", () => {
  it("are sent to the origin once", async () => {
    const held = new Held();
    const scenario = new Scenario(held.answer);
    const texts = Array.from({ length: 50 }, () => scenario.text());
    await settle();
    expect(scenario.calls).toBe(1);
    await held.end(fresh());
    expect(new Set(await Promise.all(texts))).toEqual(new Set(["body"]));
    expect(scenario.calls).toBe(1);
  });

  it("do not wait for each other if they differ in what is personal", async () => {
    const held = new Held();
    const scenario = new Scenario(held.answer);
    void scenario.text({ Cookie: "a" });
    void scenario.text({ Cookie: "b" });
    void scenario.text({}, "/other");
    await settle();
    expect(scenario.calls).toBe(3);
  });

  it("each go to the origin if the response cannot be shared, and later ones do not wait", async () => {
    const held = new Held();
    const scenario = new Scenario(held.answer);
    const texts = [scenario.text(), scenario.text(), scenario.text()];
    await settle();
    const reply = { headers: { "Cache-Control": "private" }, body: "own" };
    await held.end(reply);
    expect(scenario.calls).toBe(3);
    await held.end(reply);
    await held.end(reply);
    expect(await Promise.all(texts)).toEqual(["own", "own", "own"]);
    void scenario.text();
    void scenario.text();
    await settle();
    expect(scenario.calls).toBe(5);
  });

  it("each go to the origin if the first one fails", async () => {
    const held = new Held();
    const scenario = new Scenario(held.answer);
    const first = scenario.send();
    const others = [scenario.text(), scenario.text()];
    await settle();
    await held.end(new Error("refused"));
    expect((await first).status).toBe(500);
    expect(scenario.calls).toBe(3);
    await held.end(fresh());
    await held.end(fresh());
    expect(await Promise.all(others)).toEqual(["body", "body"]);
    expect(scenario.faults).toMatchObject([{ where: "origin" }]);
  });

  it("continue with one of them if the client of the first one leaves", async () => {
    const held = new Held();
    const scenario = new Scenario(held.answer);
    const client = new AbortController();
    const first = scenario.send("/", { signal: client.signal });
    const others = [scenario.text(), scenario.text()];
    await settle();
    client.abort();
    await held.end(new Error("the client disconnected"));
    await first.catch(() => undefined);
    expect(scenario.calls).toBe(2);
    await held.end(fresh());
    expect(await Promise.all(others)).toEqual(["body", "body"]);
    expect(scenario.calls).toBe(2);
    expect(scenario.faults).toEqual([]);
  });

  it("stop waiting as soon as their client leaves", async () => {
    const held = new Held();
    const scenario = new Scenario(held.answer);
    const first = scenario.text();
    const client = new AbortController();
    const second = scenario.send("/", { signal: client.signal });
    await settle();
    client.abort();
    await second.catch(() => undefined);
    await held.end(fresh());
    expect(await first).toBe("body");
    expect(scenario.calls).toBe(1);
    expect(scenario.faults).toEqual([]);
  });

  it("that vary by a header of the response are separated when it has arrived", async () => {
    const held = new Held();
    const scenario = new Scenario(held.answer);
    const texts = ["a", "b", "b"].map((value) =>
      scenario.text({ "X-A": value }),
    );
    await settle();
    expect(scenario.calls).toBe(1);
    await held.end(fresh({ Vary: "X-A" }, "for a"));
    expect(scenario.calls).toBe(2);
    await held.end(fresh({ Vary: "X-A" }, "for b"));
    expect(await Promise.all(texts)).toEqual(["for a", "for b", "for b"]);
    expect(scenario.calls).toBe(2);
  });
});

describe("a change during a request", () => {
  it("by clear keeps the responses in flight out of the cache", async () => {
    const held = new Held();
    const scenario = new Scenario(held.answer);
    const first = scenario.text();
    await settle();
    scenario.step.clear();
    await held.end(fresh());
    expect(await first).toBe("body");
    expect(scenario.step.inspect().entries).toBe(0);
  });

  it("by a request that succeeds keeps older responses out of the cache", async () => {
    const held = new Held();
    const scenario = new Scenario((exchange) =>
      exchange.request.method === "POST" ? { status: 204 } : held.answer(),
    );
    const first = scenario.text();
    await settle();
    expect((await scenario.send("/", { method: "POST" })).status).toBe(204);
    await held.end(fresh({}, "old"));
    expect(await first).toBe("old");
    expect(scenario.step.inspect().entries).toBe(0);
  });
});

describe("a streamed response", () => {
  const streamed = (source: Readable, headers = {}): Reply => ({
    headers: { "Cache-Control": "max-age=60", ...headers },
    body: source,
  });
  const chunks = (): Readable =>
    Readable.from([Buffer.from("one "), Buffer.from("two")]);

  it("is stored when it is complete", async () => {
    const scenario = new Scenario(() => streamed(chunks()));
    expect(await scenario.text()).toBe("one two");
    expect(await scenario.text()).toBe("one two");
    expect(scenario.calls).toBe(1);
  });

  it("is stored for others at the pace of the origin, not of its client", async () => {
    const source = Readable.from(
      Array.from({ length: 20 }, () => Buffer.alloc(40_000)),
    );
    const scenario = new Scenario(() => streamed(source));
    // This client reads nothing.
    const first = await scenario.send();
    const second = await scenario.send();
    expect((await second.arrayBuffer()).byteLength).toBe(800_000);
    expect(scenario.calls).toBe(1);
    await first.body?.cancel();
  });

  it("uses memory until its client has read it", async () => {
    const scenario = new Scenario(
      () => streamed(Readable.from([Buffer.alloc(300_000)])),
      { maxBytes: 400_000, maxEntryBytes: 400_000 },
    );
    // This client reads nothing.
    const first = await scenario.send("/first");
    await settle();
    expect(scenario.step.inspect().entries).toBe(1);
    scenario.step.clear();
    await scenario.text({}, "/second");
    expect(scenario.step.inspect().entries).toBe(0);
    expect((await first.arrayBuffer()).byteLength).toBe(300_000);
    await scenario.text({}, "/second");
    expect(scenario.step.inspect().entries).toBe(1);
  });

  it("reaches a client that reads it after the origin has closed its connection", async () => {
    const source = Readable.from([Buffer.alloc(300_000, "a")]);
    const scenario = new Scenario(() => streamed(source));
    const response = await scenario.send();
    while (!source.closed) await settle();
    await settle();
    expect((await response.text()).length).toBe(300_000);
    expect(scenario.faults).toEqual([]);
  });

  it("is not stored if it breaks off", async () => {
    const source = new PassThrough();
    const scenario = new Scenario(() => streamed(source));
    const response = await scenario.send();
    source.write("one ");
    await settle();
    source.destroy(new Error("cut"));
    await expect(response.text()).rejects.toThrow();
    expect(scenario.step.inspect().entries).toBe(0);
    expect(scenario.faults).toMatchObject([{ where: "origin" }]);
  });

  it("is passed on but not stored if it is longer than maxEntryBytes", async () => {
    const scenario = new Scenario(() => streamed(chunks()), {
      maxEntryBytes: 6,
    });
    expect(await scenario.text()).toBe("one two");
    expect(await scenario.text()).toBe("one two");
    expect(scenario.calls).toBe(2);
  });

  it("passes on bytes before it is complete, and others wait for the rest at most a second", async () => {
    const source = new PassThrough();
    const sources = [source, chunks()];
    const scenario = new Scenario(() => streamed(sources.shift() ?? chunks()));
    const reader = (await scenario.send()).body?.getReader();
    source.write("one ");
    expect((await reader?.read())?.value).toEqual(
      new Uint8Array(Buffer.from("one ")),
    );
    const second = scenario.text();
    await settle();
    expect(scenario.calls).toBe(1);
    scenario.clock.pass(1_000);
    expect(await second).toBe("one two");
    expect(scenario.calls).toBe(2);
    source.end();
    await reader?.read();
  });

  it("is stored although its client has it already, and receives 304", async () => {
    const scenario = new Scenario(() => streamed(chunks(), { ETag: '"a"' }));
    const headers = { "If-None-Match": '"a"' };
    expect((await scenario.send("/", { headers })).status).toBe(304);
    await settle();
    expect(await scenario.text()).toBe("one two");
    expect(scenario.calls).toBe(1);
  });
});

describe("a request that may have changed something", () => {
  it("invalidates also if the origin fails: it can have changed something before", async () => {
    const scenario = new Scenario(fresh());
    await scenario.text();
    scenario.answer = () => Promise.reject(new Error("the connection broke"));
    const failed = await scenario.send("/", { method: "POST" });
    expect(failed.status).toBe(500);
    scenario.answer = () => fresh({}, "new");
    expect(await scenario.text()).toBe("new");
  });
});

describe("a body that the origin sends byte by byte", () => {
  it("counts more memory than its bytes, so that it is not kept for a slow client", async () => {
    const body = new PassThrough();
    const scenario = new Scenario(fresh(), { maxBytes: 100_000 });
    scenario.answer = () => ({ ...fresh(), body });
    const response = await scenario.send();
    for (let sent = 0; sent < 1_000; sent++) {
      body.write("x");
      await settle();
    }
    body.end();
    expect((await response.text()).length).toBe(1_000);
    expect(scenario.step.inspect().entries).toBe(0);
  });
});
