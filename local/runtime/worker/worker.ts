// Entry of a worker thread: loads one handler and serves one invocation at a time.
import { workerData } from "node:worker_threads";
import { RuntimeClient } from "./RuntimeClient";
import type { WorkerData } from "../messages/messages";

void new RuntimeClient(workerData as WorkerData).start();
