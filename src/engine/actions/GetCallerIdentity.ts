import { sdkAction } from "./sdkAction";

/** Returns whose credentials signed the request. */
export const GET_CALLER_IDENTITY = sdkAction({
  service: "sts",
  name: "GetCallerIdentity",
  load: async () => {
    const { STSClient: Client, GetCallerIdentityCommand: Command } =
      await import("@aws-sdk/client-sts");
    return { Client, Command };
  },
});
