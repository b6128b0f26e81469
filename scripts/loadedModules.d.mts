/** Watches one process; `read` gives URLs and paths of what it has loaded so far. */
export function watchModules(): Promise<{
  nodeOptions: string[]
  env: Record<string, string>
  read: () => Promise<string[]>
  remove: () => Promise<void>
}>
/** Package names in such a list, sorted. */
export function packagesOf(modules: readonly string[]): string[]
