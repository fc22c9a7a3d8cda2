// What editors and the documentation read of the element: what a host may use, and nothing else.

export default {
  globs: ['element/precision-stripe.ts'],
  outdir: 'dist',
  litelement: true,
  plugins: [
    {
      name: 'public-alone',
      packageLinkPhase({customElementsManifest}) {
        for (const {declarations} of customElementsManifest.modules) {
          for (const declaration of declarations) {
            declaration.members = declaration.members?.filter(({name}) => !name.startsWith('#'))
            // The analyzer takes the name of a variable for an event.
            declaration.events = declaration.events?.filter(({name}) => name !== 'type')
          }
        }
      },
    },
  ],
}
