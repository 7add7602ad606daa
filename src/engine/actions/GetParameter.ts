import { GET_PARAMETER_CODEC } from "../codecs/ssmCodecs";
import { directAction } from "./directAction";

/** Reads a parameter. */
export const GET_PARAMETER = directAction({
  service: "ssm",
  name: "GetParameter",
  codec: GET_PARAMETER_CODEC,
});
