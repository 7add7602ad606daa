import { DECODER_METHODS, ENCODER_METHODS } from "../objects/base64";
import { RANDOM_METHODS } from "../objects/RandomNumbers";
import { NODE_METHODS } from "./nodeMethods";
import { DECIMAL_FORMAT_METHODS } from "../objects/DecimalFormat";
import {
  CALENDAR_METHODS,
  FORMATTER_METHODS,
  SIMPLE_DATE_FORMAT_METHODS,
} from "../time/legacyClasses";
import {
  LOCAL_DATE_METHODS,
  LOCAL_DATE_TIME_METHODS,
  ZONED_DATE_TIME_METHODS,
} from "../time/temporalMethods";
import type { Methods } from "../members/Method";

/** The instance methods of each class, by the name of the class. */
export const OBJECT_METHODS: ReadonlyMap<string, Methods<never>> = new Map<
  string,
  Methods<never>
>([
  ["Base64.Encoder", ENCODER_METHODS],
  ["Base64.Decoder", DECODER_METHODS],
  ["Random", RANDOM_METHODS],
  ["Node", NODE_METHODS],
  ["Calendar", CALENDAR_METHODS],
  ["LocalDate", LOCAL_DATE_METHODS],
  ["LocalDateTime", LOCAL_DATE_TIME_METHODS],
  ["ZonedDateTime", ZONED_DATE_TIME_METHODS],
  ["DateTimeFormatter", FORMATTER_METHODS],
  ["SimpleDateFormat", SIMPLE_DATE_FORMAT_METHODS],
  ["DecimalFormat", DECIMAL_FORMAT_METHODS],
]);
