// The entry of a worker thread: loads one handler and serves one invocation at a time.
import { workerData } from "node:worker_threads";
import type { Assignment } from "../messages/messages";
import { WorkerInstance } from "./RuntimeClient";

void new WorkerInstance(workerData as Assignment).start();
