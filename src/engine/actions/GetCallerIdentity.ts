import { GET_CALLER_IDENTITY_CODEC } from "../codecs/stsCodecs";
import { directAction } from "./directAction";

/** Returns whose credentials signed the request. */
export const GET_CALLER_IDENTITY = directAction({
  service: "sts",
  name: "GetCallerIdentity",
  codec: GET_CALLER_IDENTITY_CODEC,
});
