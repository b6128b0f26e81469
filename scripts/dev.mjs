#!/usr/bin/env node
// npm run dev: electron-vite's development mode where a desktop window can run; else the browser host, built anew on each change.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join, sep } from 'node:path'
import { build, root } from './build.mjs'
import { exitCode, run } from './child.mjs'
import { desktopObstacle, electronBinary } from './electronBinary.mjs'

const settleMs = 150

async function developInBrowser(args) {
  let server
  let changed = new Set()
  let timer
  let queue = Promise.resolve()

  const serve = (more) => {
    server?.kill('SIGTERM')
    server = spawn(process.execPath, [join(root, 'out', 'cli', 'ews-setup.js'), 'serve', ...more, ...args], {
      stdio: 'inherit',
    })
  }
  const rebuild = async () => {
    const files = [...changed]
    changed = new Set()
    try {
      if (!(await build())) return
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
      return
    }
    // The host reads the window's files at each load; for those a reload of the page is enough.
    if (files.every((file) => file.startsWith(`renderer${sep}`))) console.error('Built. Reload the page.')
    else serve(['--no-open'])
  }

  await build()
  serve([])
  const watcher = watch(join(root, 'src'), { recursive: true }, (_event, file) => {
    changed.add(file ?? '')
    clearTimeout(timer)
    timer = setTimeout(() => {
      queue = queue.then(rebuild)
    }, settleMs)
  })
  const stop = () => {
    watcher.close()
    clearTimeout(timer)
    server?.kill('SIGTERM')
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop)
}

const args = process.argv.slice(2)
try {
  if (desktopObstacle() === null && electronBinary() !== null) {
    const cli = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
    process.exitCode = exitCode(await run(process.execPath, [cli, 'dev', ...args], { cwd: root }))
  } else {
    await developInBrowser(args)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
