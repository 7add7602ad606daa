import { INVOKE_CODEC } from "../codecs/lambdaCodecs";
import { directAction } from "./directAction";

/** Invokes a function, or checks with a dry run that it can be invoked. */
export const INVOKE = directAction({
  service: "lambda",
  name: "Invoke",
  codec: INVOKE_CODEC,
});
