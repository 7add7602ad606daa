import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { createConnector, type AnyConnectorError } from "aws-lambda-connector";

const CREDENTIALS = { accessKeyId: "AKIA", secretAccessKey: "secret" };
const PRICE = { functionName: "price" };

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/**
 * Runs a program in a process whose `dns.lookup` returns `addresses` for `many.example`, with limits of the shell. Prints the
 * outcome of its calls.
 */
async function run(
  { setUp = "", shell = "true" }: { setUp?: string; shell?: string },
  calls: string,
): Promise<string> {
  const program = `
    const dns = require("node:dns");
    const { createConnector } = require("aws-lambda-connector");
    const real = dns.lookup;
    const resolve = (addresses) => { dns.lookup = (host, options, done) => host === "many.example"
      ? setImmediate(done, null, addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })))
      : real(host, options, done); };
    const credentials = ${JSON.stringify(CREDENTIALS)};
    const open = (endpoint, more) => createConnector({ endpoint, region: "eu-central-1", credentials, ...more });
    const outcome = (connector) => connector.invokeFunction({ functionName: "price" })
      .then(({ payload }) => String(payload), (e) => e.execution + ": " + e.message);
    (async () => { ${setUp}; ${calls} })().then(() => process.exit());`;
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^AWS_|_PROXY$/i.test(name),
    ),
  );
  const { stdout } = await promisify(execFile)(
    "sh",
    ["-c", `${shell}; exec "$0" -e "$1"`, process.execPath, program],
    { cwd: join(__dirname, "../.."), timeout: 100_000, env: environment },
  );
  return stdout.trim();
}

describe("opening a socket", () => {
  it("tries the other addresses of a host while one does not respond, and uses the first that does", async () => {
    const server = createHttpServer((incoming, outgoing) => {
      incoming.resume().on("end", () => outgoing.end('"ok"'));
    });
    const port = await listen(server);

    // 192.0.2.0/24 is reserved for documentation: it does not respond, or is unreachable.
    const printed = await run(
      { setUp: `resolve(["192.0.2.1", "::1", "192.0.2.2", "127.0.0.1"])` },
      `console.log(await outcome(open("http://many.example:${port}")));`,
    );

    expect(printed).toBe("ok");
    server.closeAllConnections();
    server.close();
  });

  it("reports every address and what happened there", async () => {
    const server = createServer();
    const port = await listen(server);
    server.close();

    const printed = await run(
      { setUp: `resolve(["127.0.0.1", "127.0.0.2"])` },
      `console.log(await outcome(open("http://many.example:${port}")));`,
    );

    expect(printed).toBe(
      `did-not-run: InvokeFunction: there was no response from AWS at many.example:${port} (ECONNREFUSED) for the function price because the connection was refused (connect ECONNREFUSED 127.0.0.1:${port}; connect ECONNREFUSED 127.0.0.2:${port}); the function did not run. Check the endpoint and that the service is running. All 3 attempts failed.`,
    );
  });

  it("fails after connectTimeoutMs if no address responds", async () => {
    const start = performance.now();

    const printed = await run(
      {
        setUp: `resolve([1, 2, 3, 4, 5].map((n) => "192.0.2." + n))`,
      },
      `console.log(await outcome(open("http://many.example:81", { connectTimeoutMs: 600 })));`,
    );

    expect(printed).toMatch(/^did-not-run: .*\((CONNECT_TIMEOUT|E\w+)\)/);
    expect(performance.now() - start).toBeLessThan(60_000);
  });

  it("that fails because too many files are open leaves a function that did not run", async () => {
    const server = createHttpServer((incoming, outgoing) => {
      incoming.resume().on("end", () => {
        setTimeout(() => outgoing.end('"ok"'), 300);
      });
    });
    const port = await listen(server);

    const printed = await run(
      { shell: "ulimit -n 60" },
      `const connector = open("http://127.0.0.1:${port}");
       await outcome(connector);
       const all = await Promise.all(Array.from({ length: 100 }, () => outcome(connector)));
       // How many attempts there was time for depends on the machine.
       const withoutAttempts = all.map((each) => each.replace(/ All \\d attempts failed\\./, ""));
       console.log(JSON.stringify([...new Set(withoutAttempts)].sort()));`,
    );

    expect(JSON.parse(printed)).toEqual([
      `did-not-run: InvokeFunction: there was no response from AWS at 127.0.0.1:${port} (EMFILE) for the function price because too many files and sockets are open; the function did not run. Lower maxSockets, or raise the process's limit of open files (ulimit -n).`,
      "ok",
    ]);
    server.closeAllConnections();
    server.close();
  });

  it("that fails during TLS is retried, and the function did not run", async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.on("error", () => undefined).once("data", () => socket.destroy());
    });
    const port = await listen(server);
    const connector = createConnector({
      region: "eu-central-1",
      endpoint: `https://127.0.0.1:${port}`,
      credentials: CREDENTIALS,
    });

    const error = await connector
      .invokeFunction(PRICE)
      .catch((thrown: unknown) => thrown as AnyConnectorError);

    expect(error).toMatchObject({
      code: "ERR_TRANSPORT",
      execution: "did-not-run",
      retryable: true,
    });
    expect(connections).toBe(3);
    connector.close();
    server.close();
  });
});
