/** The desktop bundles: main (ESM), preload (one CommonJS script, as the sandbox wants it) and the window, which the browser host serves as well. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { alias, chunkFileNames, external, listPackages } from './bundledPackages.config.ts'
import { define } from './define.config.ts'
import { noteBundledModules } from './scripts/bundledModules.mjs'

export default defineConfig({
  main: {
    define,
    plugins: [listPackages(), noteBundledModules()],
    resolve: { alias },
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/main/index.ts' },
        external,
        // Side by side, so that paths relative to a bundle are the same from each of them.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames },
      },
    },
  },
  preload: {
    plugins: [noteBundledModules()],
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    plugins: [react(), noteBundledModules()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      chunkSizeWarningLimit: 1_000,
      // Inlined files would be data: addresses, which the content security policy allows for images only.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
})
