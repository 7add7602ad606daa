import fc from "fast-check";
import { readCredentialsDocument } from "../../../../../src/engine/credentials/chain/readCredentialsDocument";
import { credentialsDocument } from "../../../../FakeEndpoint";

const FIELDS = ["AccessKeyId", "SecretAccessKey", "Token", "Expiration"];

const text = fc.string({ minLength: 1 });
const date = fc.date({
  min: new Date("1970-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59Z"),
  noInvalidDate: true,
});

describe("a document of credentials", () => {
  it("is read completely, whatever else it has", () => {
    fc.assert(
      fc.property(
        fc.record({ AccessKeyId: text, SecretAccessKey: text, Token: text }),
        date,
        fc.dictionary(text, fc.jsonValue()),
        (fields, expiration, others) => {
          const read = readCredentialsDocument(
            JSON.stringify({
              ...others,
              Code: "Success",
              ...fields,
              Expiration: expiration.toISOString(),
            }),
          );

          expect(read).toEqual({
            accessKeyId: fields.AccessKeyId,
            secretAccessKey: fields.SecretAccessKey,
            sessionToken: fields.Token,
            expiration,
          });
        },
      ),
    );
  });

  it("has no credentials if one field is missing, empty or not text", () => {
    const wrong = fc
      .oneof(fc.constantFrom("", undefined), fc.jsonValue())
      .filter((value) => typeof value !== "string" || value === "");
    fc.assert(
      fc.property(fc.constantFrom(...FIELDS), wrong, (field, value) => {
        const document = credentialsDocument({ [field]: value });

        expect(readCredentialsDocument(document)).toBeUndefined();
      }),
    );
  });

  it("has no credentials if it is other JSON or none", () => {
    const other = fc.oneof(fc.json(), fc.string(), fc.constant(undefined));
    fc.assert(
      fc.property(other, (document) => {
        expect(readCredentialsDocument(document)).toBeUndefined();
      }),
    );
  });

  it.each(["Failed", "AssumeRoleUnauthorizedAccess", ""])(
    "has no credentials if its code is %j",
    (Code) => {
      const document = credentialsDocument({ Code });

      expect(readCredentialsDocument(document)).toBeUndefined();
    },
  );

  it.each(["soon", "2099-02-30T00:00:00Z", "2099-01-01", "4070908800"])(
    "has no credentials if they expire at %j",
    (Expiration) => {
      const document = credentialsDocument({ Expiration });

      expect(readCredentialsDocument(document)).toBeUndefined();
    },
  );

  it("has no credentials if it is nested too deeply to be parsed", () => {
    const document = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;

    expect(readCredentialsDocument(document)).toBeUndefined();
  });
});
