// The package: module, element and registration as ES modules.

import {defineConfig} from 'vite'
import {define, target, wasmBeside} from './vite.shared.js'

export default defineConfig({
  define,
  plugins: [wasmBeside('')],
  build: {
    target,
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    minify: true,
    lib: {
      entry: {
        index: 'module/index.ts',
        element: 'element/precision-stripe.ts',
        define: 'element/define.ts',
      },
      formats: ['es'],
    },
    rollupOptions: {
      output: {chunkFileNames: '[name]-[hash].js'},
    },
  },
})
