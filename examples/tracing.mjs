// OpenTelemetry spans of the connector's calls: `npm install @opentelemetry/api @opentelemetry/sdk-trace-base`.
import { tracingChannel } from "node:diagnostics_channel";
import process from "node:process";
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { createConnector } from "aws-lambda-connector";
import { startLocalAws } from "aws-lambda-connector/local";

// Hides the AWS SDK's notice about Node 20.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const provider = new BasicTracerProvider({
  spanProcessors: [new SimpleSpanProcessor({ export: print, shutdown() {} })],
});
const tracer = provider.getTracer("aws-lambda-connector");

/** Creates a span for each call. Attributes use OpenTelemetry's semantic conventions if there is one. */
function trace(operation) {
  const spans = new WeakMap();
  tracingChannel(`aws-lambda-connector:${operation}`).subscribe({
    start(call) {
      spans.set(call, tracer.startSpan(operation, { kind: SpanKind.CLIENT }));
    },
    end() {},
    error(call) {
      spans.get(call)?.setStatus({
        code: SpanStatusCode.ERROR,
        message: call.error.message,
      });
    },
    asyncStart() {},
    asyncEnd(call) {
      spans
        .get(call)
        ?.setAttributes({
          "rpc.system": "aws-api",
          "rpc.method": operation,
          "faas.invoked_name": call.functionName,
          "cloud.region": call.region,
          "http.response.status_code": call.statusCode,
          "aws.request_id": call.requestId,
          "http.request.resend_count": Math.max(0, call.attempts - 1),
          "error.type": call.error?.code,
          "aws.lambda.execution": call.execution,
        })
        .end();
    },
  });
}

function print(spans, done) {
  for (const { name, status, attributes, duration } of spans) {
    const ms = duration[0] * 1e3 + duration[1] / 1e6;
    const outcome =
      status.code === SpanStatusCode.ERROR ? "✗ failed" : "✓ done";
    console.log(`\n${name}  ${outcome}  ${ms.toFixed(1)} ms`);
    for (const [key, value] of Object.entries(attributes))
      if (value !== undefined) console.log(`   ${key.padEnd(26)} ${value}`);
  }
  done({ code: 0 });
}

trace("InvokeFunction");
trace("ListFunctions");

const local = await startLocalAws({
  functions: {
    price: async () => ({ total: 1290 }),
    broken: async () => {
      throw new RangeError("no such article");
    },
  },
});
const { endpoint, region, credentials } = local;
const connector = createConnector({ endpoint, region, credentials });

await connector.listFunctions();
await connector.invokeFunction({ functionName: "price" });
local.faults.add({ kind: "throttle", retryAfterSeconds: 0 });
await connector.invokeFunction({ functionName: "price" });
await connector.invokeFunction({ functionName: "broken" }).catch(() => {});
local.faults.add({ kind: "reset", operation: "Invoke", when: "after-run" });
await connector.invokeFunction({ functionName: "price" }).catch(() => {});

connector.close();
await local.close();
await provider.shutdown();
