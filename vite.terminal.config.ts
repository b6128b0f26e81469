/**
 * The terminal command as it is shipped beside the desktop program: with all it needs, because plain Node cannot read the program's archive and no
 * node_modules lies above. The two native modules are loaded by path from beside the bundle and from nowhere else: a search would go up to the root of the
 * drive, where others may be able to write.
 */
import { defineConfig, type Plugin } from 'vite'
import { define } from './define.config.ts'

const nativeModules: Plugin = {
  name: 'native-modules-by-path',
  enforce: 'pre',
  resolveId: (id) => (id === 'keytar' ? { id: './native/keytar/lib/keytar.js', external: true } : null),
}

export default defineConfig({
  define: { ...define, __EWS_SETUP_KERBEROS__: JSON.stringify('./native/kerberos/lib/index.js') },
  publicDir: false,
  plugins: [nativeModules],
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out/terminal/cli',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: { 'ews-setup': 'src/cli/ews-setup.ts' },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
