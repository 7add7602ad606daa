import { readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "fixtures", "anywhere");

/** Reads a certificate or a private key in PEM. `make.sh` in the same folder created the files. */
export function readFixture(file: string): string {
  return readFileSync(join(FOLDER, file), "utf8");
}

/** Reads a file as bytes, such as a PKCS#12 file. */
export function readFixtureBytes(file: string): Uint8Array {
  return readFileSync(join(FOLDER, file));
}

/** The passphrase of every encrypted private key and PKCS#12 file. */
export const PASSPHRASE = "correct-horse-battery-staple";

/** The ARNs of a session request. */
export const SESSION_ARNS = {
  trustAnchorArn:
    "arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/acme",
  profileArn: "arn:aws:rolesanywhere:eu-central-1:111122223333:profile/nodes",
  roleArn: "arn:aws:iam::111122223333:role/node",
};

/** A session request with an RSA certificate and its private key. */
export const RSA_INPUT = {
  ...SESSION_ARNS,
  certificate: readFixture("rsa.pem"),
  privateKey: readFixture("rsa.key"),
};

/** A session request with an EC certificate, its private key and the intermediate certificate that issued it. */
export const EC_INPUT = {
  ...SESSION_ARNS,
  certificate: readFixture("ec.pem"),
  privateKey: readFixture("ec.key"),
  certificateChain: readFixture("intermediate.pem"),
};
