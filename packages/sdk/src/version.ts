/** Name and version of this package, as spans carry them. */
export const sdkName = '@clew/sdk'
export const sdkVersion = '0.1.0'
