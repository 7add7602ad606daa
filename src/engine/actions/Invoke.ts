import { INVOKE_CODEC } from "../http/lambdaCodecs";
import { directAction } from "./directAction";

/** Invokes a function, or checks with a dry run that it can be invoked. */
export const INVOKE = directAction("Invoke", INVOKE_CODEC);
