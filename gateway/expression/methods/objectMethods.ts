import { DECODER_METHODS, ENCODER_METHODS } from "../classes/base64";
import { RANDOM_METHODS } from "../classes/RandomNumbers";
import { NODE_METHODS } from "./nodeMethods";
import type { Methods } from "./Method";

/** The methods of the instances of each class, by the class's name. */
export const OBJECT_METHODS: ReadonlyMap<string, Methods<never>> = new Map<
  string,
  Methods<never>
>([
  ["Base64.Encoder", ENCODER_METHODS],
  ["Base64.Decoder", DECODER_METHODS],
  ["Random", RANDOM_METHODS],
  ["Node", NODE_METHODS],
]);
