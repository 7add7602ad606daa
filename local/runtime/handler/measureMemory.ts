import { getHeapStatistics } from "node:v8";

const BYTES_PER_MB = 1024 * 1024;

/** Returns the memory used by this thread's heap and buffers, in whole MB. */
export function measureMemoryMb(): number {
  const { total_heap_size, external_memory } = getHeapStatistics();
  return Math.ceil((total_heap_size + external_memory) / BYTES_PER_MB);
}
