import type { GatewayResponse } from "../../http/GatewayResponse";
import { MultiMap } from "../expression/values/MultiMap";

/** The headers of a message, by case-insensitive name. */
export const toHeaderMap = ({
  headers,
}: Pick<GatewayResponse, "headers">): MultiMap =>
  new MultiMap(headers.lines, { names: "any-case" });
