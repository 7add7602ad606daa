import type { HeaderList } from "../../http/HeaderList";
import type { InputMessage } from "./SidecarInput";

/** Textual content types, as Boomi's open-source predecessor defines them. */
const TEXTUAL =
  /^(text\/.+|application\/((.+\+)?(json|xml)|javascript|x-javascript|ecmascript|yaml|x-yaml|xhtml\+xml|x-www-form-urlencoded|graphql))$/i;

/**
 * The payload members of an input. A textual payload in a known charset and without content coding is sent as a string, any
 * other as Base64. The predecessor also encoded payloads with `Transfer-Encoding`, but that header describes the connection, not
 * the payload.
 */
export function toPayload(
  bytes: Uint8Array,
  headers: HeaderList,
): Pick<InputMessage, "payloadLength" | "payload" | "payloadBase64Encoded"> {
  const text = decodeText(bytes, headers);
  return {
    payloadLength: bytes.length,
    payload: text ?? Buffer.from(bytes).toString("base64"),
    payloadBase64Encoded: text === undefined,
  };
}

/** The payload as text, or `undefined` if it is not textual. */
function decodeText(
  bytes: Uint8Array,
  headers: HeaderList,
): string | undefined {
  const isEncoded = ["content-encoding", "content-transfer-encoding"].some(
    (name) => (headers.get(name) ?? "identity") !== "identity",
  );
  const [type = "", ...parameters] = (headers.get("content-type") ?? "").split(
    ";",
  );
  if (isEncoded || !TEXTUAL.test(type.trim())) return undefined;
  const charset = parameters
    .map((each) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/i.exec(each)?.[1])
    .find((each) => each !== undefined);
  try {
    return new TextDecoder(charset ?? "utf-8", {
      fatal: true,
      ignoreBOM: true,
    }).decode(bytes);
  } catch {
    // The charset is unknown, or the bytes are invalid in it.
    return undefined;
  }
}
