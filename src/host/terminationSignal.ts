/** SIGINT, SIGTERM and SIGHUP as one AbortSignal, so that a host closes what it has open before it ends. */
export function terminationSignal(): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController()
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const stop = () => {
    dispose()
    controller.abort()
  }
  function dispose(): void {
    for (const name of names) process.off(name, stop)
  }
  for (const name of names) process.on(name, stop)
  return { signal: controller.signal, dispose }
}
