/** A class whose properties carry class-validator decorators. Constructed by class-transformer, without arguments. */
export type Dto<T extends object = object> = new () => T;
