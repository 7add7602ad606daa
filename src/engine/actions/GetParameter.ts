import { sdkAction } from "./sdkAction";

/** Reads a parameter. */
export const GET_PARAMETER = sdkAction({
  service: "ssm",
  name: "GetParameter",
  load: async () => {
    const { SSMClient: Client, GetParameterCommand: Command } =
      await import("@aws-sdk/client-ssm");
    return { Client, Command };
  },
});
