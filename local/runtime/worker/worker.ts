// The entry of a worker thread: loads one handler and serves one invocation at a time.
import { workerData } from "node:worker_threads";
import type { WorkerData } from "../messages/messages";
import { RuntimeClient } from "./RuntimeClient";

void new RuntimeClient(workerData as WorkerData).start();
