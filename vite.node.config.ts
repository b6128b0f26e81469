/** The bundles for plain Node: the command line, and what it loads when it is needed (browser host, demo). */
import { defineConfig } from 'vite'
import { alias, chunkFileNames, external, listPackages } from './bundledPackages.config.ts'
import { define } from './define.config.ts'
import { noteBundledModules } from './scripts/bundledModules.mjs'

export default defineConfig({
  define,
  publicDir: false,
  plugins: [listPackages(), noteBundledModules()],
  resolve: { alias },
  ssr: { noExternal: true, external },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out/cli',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: { 'ews-setup': 'src/cli/ews-setup.ts' },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames },
    },
  },
})
