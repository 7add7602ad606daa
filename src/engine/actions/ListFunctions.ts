import { LIST_FUNCTIONS_CODEC } from "../http/lambdaCodecs";
import { directAction } from "./directAction";

/** Lists functions. */
export const LIST_FUNCTIONS = directAction(
  "ListFunctions",
  LIST_FUNCTIONS_CODEC,
);
