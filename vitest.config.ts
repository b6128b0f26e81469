/** Two projects: the desktop host's tests see a stub instead of `electron`, all others the real packages. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { define } from './define.config.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

const isShared = (process.env['CI'] ?? '') !== ''

export default defineConfig({
  define,
  test: {
    pool: 'forks',
    // Most tests wait for processes, servers and browsers of their own.
    maxWorkers: '100%',
    testTimeout: 15_000,
    hookTimeout: 30_000,
    // On a shared machine a test that ran out of time, or lost its port to another, is tried once more, and the report says so
    // (retry x1). An assertion or property that failed never is.
    retry: isShared
      ? { count: 1, condition: /^(Test timed out|.*Timeout \d+ms exceeded|.*\b(EADDRINUSE|ECONNREFUSED)\b)/ }
      : 0,
    // Proxies and settings of the person at the keyboard do not belong into tests.
    env: { HTTPS_PROXY: '', HTTP_PROXY: '', NO_PROXY: '', https_proxy: '', http_proxy: '', no_proxy: '' },
    projects: [
      {
        extends: true,
        test: {
          name: 'product',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/main/**'],
          globalSetup: ['test/browser.ts'],
        },
      },
      {
        extends: true,
        resolve: { alias: { electron: path('./test/main/electronStub.ts') } },
        test: {
          name: 'desktop',
          include: ['test/main/**/*.test.ts'],
          globalSetup: ['test/browser.ts'],
          // Bundled into the test, because it imports `electron` itself.
          server: { deps: { inline: ['electron-store'] } },
        },
      },
    ],
  },
})
