// The entry of a worker thread: loads one handler and serves one invocation at a time.
import { workerData } from "node:worker_threads";
import type { Assignment } from "./instanceProtocol";
import { WorkerInstance } from "./WorkerInstance";

void new WorkerInstance(workerData as Assignment).start();
