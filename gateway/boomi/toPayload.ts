import type { HeaderList } from "../http/HeaderList";
import type { InputMessage } from "./FunctionInput";

/** Content types that are text, as the vendor's predecessor has them. */
const TEXTUAL =
  /^(text\/.+|application\/((.+\+)?(json|xml)|javascript|x-javascript|ecmascript|yaml|x-yaml|xhtml\+xml|x-www-form-urlencoded|graphql))$/i;

/**
 * A payload as a function is given it: text where it is text in a charset that is known, and nothing is packed; else Base64.
 * The predecessor also packed whatever came with `Transfer-Encoding`, which speaks of the connection and not of the payload.
 */
export function toPayload(
  bytes: Uint8Array,
  headers: HeaderList,
): Pick<InputMessage, "payloadLength" | "payload" | "payloadBase64Encoded"> {
  const text = textOf(bytes, headers);
  return {
    payloadLength: bytes.length,
    payload: text ?? Buffer.from(bytes).toString("base64"),
    payloadBase64Encoded: text === undefined,
  };
}

function textOf(bytes: Uint8Array, headers: HeaderList): string | undefined {
  const isPacked = ["content-encoding", "content-transfer-encoding"].some(
    (name) => (headers.get(name) ?? "identity") !== "identity",
  );
  const [type = "", ...parameters] = (headers.get("content-type") ?? "").split(
    ";",
  );
  if (isPacked || !TEXTUAL.test(type.trim())) return undefined;
  const charset = parameters
    .map((each) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/i.exec(each)?.[1])
    .find((each) => each !== undefined);
  try {
    return new TextDecoder(charset ?? "utf-8", {
      fatal: true,
      ignoreBOM: true,
    }).decode(bytes);
  } catch {
    // A charset that nobody knows, or bytes that it does not have.
    return undefined;
  }
}
