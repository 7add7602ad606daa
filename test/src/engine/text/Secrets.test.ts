import * as fc from "fast-check";
import { Secrets } from "../../../../src/engine/text/Secrets";
import { findSecrets } from "../../../catchError";

const secret = fc
  .string({ minLength: 12, maxLength: 40, unit: "grapheme" })
  .filter(
    (text) => !"[hidden]%Error: at".includes(text) && !/[[\]]/.test(text),
  );

describe("Secrets", () => {
  it("hides every occurrence of every secret", () => {
    const secrets = new Secrets();
    secrets.add("hush-hush", undefined, "psst!");

    const shown = secrets.hide("hush-hush, psst! and hush-hush");

    expect(shown).toBe("[hidden], [hidden] and [hidden]");
  });

  it("hides the secret parts of credentials, but not the access key ID", () => {
    const secrets = new Secrets();
    secrets.addCredentials({
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      secretAccessKey: "wJalr/XUtn",
      sessionToken: "IQoJb3==",
    });

    const shown = secrets.hide(
      "AKIAIOSFODNN7EXAMPLE wJalr/XUtn wJalr%2FXUtn IQoJb3== IQoJb3%3D%3D",
    );

    expect(shown).toBe(
      "AKIAIOSFODNN7EXAMPLE [hidden] [hidden] [hidden] [hidden]",
    );
  });

  it("hides the whole of a secret that starts with another one", () => {
    const secrets = new Secrets();
    secrets.add("open", "open sesame");

    const shown = secrets.hide("say open sesame");

    expect(shown).toBe("say [hidden]");
  });

  it("removes the canonical string that AWS adds to signature errors", () => {
    const shown = new Secrets().hideInError(
      "The request signature does not match.\n\nThe Canonical String for this request should have been\n'POST\n/\nx-amz-security-token:IQoJ'\n\nThe String-to-Sign should have been\n'AWS4'",
    );

    expect(shown).toBe("The request signature does not match.");
  });

  it("keeps the canonical string in a text that is not of an error", () => {
    const log =
      "The Canonical String for this request, as the function logs it";

    expect(new Secrets(["hush-hush"]).hide(log)).toBe(log);
  });

  it("hides a secret that ends with half of a surrogate pair", () => {
    const secrets = new Secrets();

    secrets.add("abc\ud83d");

    expect(secrets.hide("abc\ud83d!")).toBe("[hidden]!");
  });

  const TOKEN = 'IQoJ/b3+J"pZ 2lu\\ä<&X2Vj==';

  const percentEncodeAll = (text: string): string =>
    [...Buffer.from(text)]
      .map((byte) => `%${byte.toString(16).padStart(2, "0")}`)
      .join("");
  const escapeAll = (text: string): string =>
    text
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join("");
  const escapeXml = (text: string): string =>
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll('"', "&#34;")
      .replaceAll("ä", "&#xE4;");

  it.each<[string, (text: string) => string]>([
    ["plain", (text) => text],
    ["URL-encoded", encodeURIComponent],
    ["partly URL-encoded", encodeURI],
    [
      "URL-encoded in lower case",
      (text) =>
        encodeURIComponent(text).replace(/%../g, (hex) => hex.toLowerCase()),
    ],
    ["URL-encoded in every byte", percentEncodeAll],
    [
      "encoded as a form",
      (text) => new URLSearchParams({ token: text }).toString(),
    ],
    [
      "URL-encoded twice",
      (text) => encodeURIComponent(encodeURIComponent(text)),
    ],
    ["in JSON", JSON.stringify],
    ["in JSON within JSON", (text) => JSON.stringify(JSON.stringify([text]))],
    [
      "in JSON with escaped slashes",
      (text) => JSON.stringify(text).replaceAll("/", "\\/"),
    ],
    ["in JSON with every character escaped", escapeAll],
    ["in XML", escapeXml],
    ["in base64", (text) => Buffer.from(text).toString("base64")],
    ["in base64 for URLs", (text) => Buffer.from(text).toString("base64url")],
    [
      "in base64 after a user name",
      (text) => Buffer.from(`user:${text}`).toString("base64"),
    ],
    [
      "in base64 within a sentence",
      (text) => Buffer.from(`a token: ${text}, it is`).toString("base64"),
    ],
    ["in hexadecimal", (text) => Buffer.from(text).toString("hex")],
    [
      "in hexadecimal in upper case",
      (text) => Buffer.from(text).toString("hex").toUpperCase(),
    ],
    [
      "in base64 in a URL",
      (text) => encodeURIComponent(Buffer.from(text).toString("base64")),
    ],
  ])("hides a secret that is %s", (_, encode) => {
    const secrets = new Secrets(["unrelated-secret"]);
    secrets.addCredentials({
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      secretAccessKey: "x".repeat(40),
      sessionToken: TOKEN,
    });
    const encoded = encode(TOKEN);

    const shown = secrets.hide(`before ${encoded} after`);

    expect(shown).toMatch(/^before .*\[hidden\].* after$/);
    // What is left are delimiters, or the part of a base64 string that belongs to other text.
    expect(shown.length).toBeLessThan("before [hidden] after".length + 30);
  });

  it("hides only the secret, and leaves the escapes around it", () => {
    const secrets = new Secrets(["to/ken"]);

    const shown = secrets.hide("%C3%A4to%2Fken%21 \\u00e4 &amp;to/ken&lt;");

    expect(shown).toBe("%C3%A4[hidden]%21 \\u00e4 &amp;[hidden]&lt;");
  });

  it("leaves text with escapes unchanged if it contains no secret", () => {
    const text = "100 %, %ZZ, %C3, &nbsp; \\x \\u12 a+b &#9999999; 𝒳 %F0%9D";

    expect(new Secrets(["hush-hush hush"]).hide(text)).toBe(text);
  });

  it("hides overlapping secrets completely", () => {
    const secrets = new Secrets(["abcdef", "defghi"]);

    expect(secrets.hide("-abcdefghi-")).toBe("-[hidden]-");
  });

  it("leaves no secret in any text", () => {
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 4 }),
        fc.array(fc.string(), { minLength: 5, maxLength: 5 }),
        (all, between) => {
          const secrets = new Secrets();
          secrets.add(...all);
          const text = between
            .map((part, index) => part + (all[index] ?? ""))
            .join(" ");

          const shown = secrets.hide(text);

          expect(all.filter((each) => shown.includes(each))).toEqual([]);
        },
      ),
    );
  });

  it("leaves no secret in a cause at any depth", () => {
    fc.assert(
      fc.property(secret, (each) => {
        const secrets = new Secrets();
        secrets.add(each);
        const deepest = Object.assign(new Error(`deep ${each}`), {
          request: { headers: { "x-amz-security-token": each } },
        });
        const thrown = Object.assign(
          new Error(`at ${each}`, {
            cause: new TypeError("middle", { cause: deepest }),
          }),
          { $response: { body: each }, code: "ECONNRESET" },
        );

        const cause = secrets.toCause(thrown);

        expect(findSecrets(cause, { each })).toEqual([]);
        expect(cause).toMatchObject({
          name: "Error",
          code: "ECONNRESET",
          cause: { name: "TypeError", cause: { name: "Error" } },
        });
      }),
      { numRuns: 50 },
    );
  });

  it("returns no cause for a thrown value that is not an error", () => {
    const causes = ["text", 7, null, undefined, { message: "psst" }].map(
      (thrown) => new Secrets().toCause(thrown),
    );

    expect(causes).toEqual(Array(5).fill(undefined));
  });

  it("copies a circular chain of causes up to a limit", () => {
    const thrown = new Error("circular");
    thrown.cause = thrown;

    const cause = new Secrets().toCause(thrown);

    expect(cause?.message).toBe("circular");
  });
});
