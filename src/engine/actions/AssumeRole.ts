import { ASSUME_ROLE_CODEC } from "../codecs/stsCodecs";
import { directAction } from "./directAction";

/** Returns the credentials of a role. */
export const ASSUME_ROLE = directAction({
  service: "sts",
  name: "AssumeRole",
  codec: ASSUME_ROLE_CODEC,
});
