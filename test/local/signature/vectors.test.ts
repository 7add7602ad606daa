import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { HttpRequest } from "../../../dist/local/http/HttpRequest";
import {
  calculateSignature,
  parseAuthorization,
  deriveSigningKey,
} from "../../../dist/local/signature";

// AWS's published vectors for header signing, from awslabs/aws-c-auth, which use one example
// secret.
const vectors = JSON.parse(
  readFileSync(join(__dirname, "vectors.json"), "utf8"),
) as { name: string; request: string }[];
const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

describe("SigV4 verifier", () => {
  it.each(vectors)(
    "calculates the signature of AWS's vector $name",
    ({ request }) => {
      const wire = parseWire(request);
      const header = wire.headers.get("authorization")?.[0] ?? "";
      const authorization = parseAuthorization(header);
      if ("incomplete" in authorization)
        throw new Error(authorization.incomplete);

      const signature = calculateSignature({
        request: wire,
        authorization,
        key: deriveSigningKey(SECRET, authorization),
      });

      expect(signature).toBe(authorization.signature);
    },
  );

  it("calculates another signature if any signed part changes", () => {
    const text = vectors.find((vector) =>
      vector.name.startsWith("post-x-www"),
    )?.request;
    const original = parseWire(text ?? "");
    const changes: HttpRequest[] = [
      { ...original, method: "PUT" },
      { ...original, rawPath: "/x" },
      { ...original, rawQuery: "x=1" },
      { ...original, body: Buffer.from("Param1=value2") },
      {
        ...original,
        headers: new Map([...original.headers, ["host", ["other.com"]]]),
      },
    ];

    const signatures = [original, ...changes].map(sign);

    expect(new Set(signatures).size).toBe(6);
  });
});

function sign(request: HttpRequest): string {
  const header = request.headers.get("authorization")?.[0] ?? "";
  const authorization = parseAuthorization(header);
  if ("incomplete" in authorization) throw new Error(authorization.incomplete);
  const key = deriveSigningKey(SECRET, authorization);
  return calculateSignature({ request, authorization, key });
}

function parseWire(text: string): HttpRequest {
  const [head = "", body = ""] = text.split("\n\n");
  const [start = "", ...lines] = head.split("\n");
  const method = start.slice(0, start.indexOf(" "));
  const target = start.slice(method.length + 1, start.lastIndexOf(" "));
  const [rawPath = "", rawQuery = ""] = target.split("?");
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const values = headers.get(name) ?? [];
    headers.set(name, [...values, line.slice(colon + 1)]);
  }
  return { method, rawPath, rawQuery, headers, body: Buffer.from(body) };
}
