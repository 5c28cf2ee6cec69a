export { type AnyClass, type ClassRecords, ownRecords } from './class-records.js';
export { constructorTypes, parameterTypes, returnType } from './design-types.js';
export { classNameOf, memberNameOf, whereOf } from './where.js';
export { allowsUnknown, type MergedRecords, propertiesOf, recordsOf } from './merged-records.js';
export type * from './records.js';
