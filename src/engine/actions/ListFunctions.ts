import { LIST_FUNCTIONS_CODEC } from "../codecs/lambdaCodecs";
import { directAction } from "./directAction";

/** Lists functions. */
export const LIST_FUNCTIONS = directAction({
  service: "lambda",
  name: "ListFunctions",
  codec: LIST_FUNCTIONS_CODEC,
});
