import { Args, type Infer, McpHeader, Tool } from '@reprise/core';
import { IsOptional, IsString } from 'class-validator';
import { Type } from 'typebox';

const Contact = Type.Object(
  {
    name: Type.Optional(Type.String()),
    address: Type.Optional(Type.Ref('#/$defs/address')),
    contactMethod: Type.Optional(Type.Enum(['phone', 'email'])),
    phone: Type.Optional(Type.String()),
    email: Type.Optional(Type.String()),
  },
  {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: {
      address: {
        $anchor: 'addressDef',
        type: 'object',
        properties: { street: { type: 'string' }, city: { type: 'string' } },
      },
    },
    allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
    if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
    // oxlint-disable-next-line unicorn/no-thenable -- a word of JSON Schema
    then: { required: ['phone'] },
    else: { required: ['email'] },
    additionalProperties: false,
  },
);

class Query {
  @McpHeader('Region') @IsOptional() @IsString() region?: string;
}

/** What is said about arguments. */
export class SchemaTools {
  @Tool({ description: 'Arguments that need most words of JSON Schema 2020-12' })
  json_schema_2020_12_tool(@Args(Contact) contact: Infer<typeof Contact>): string {
    return `JSON Schema 2020-12 tool called with ${JSON.stringify(contact)}`;
  }

  @Tool({ description: 'An argument that is mirrored in a header' })
  test_x_mcp_header(@Args() { region }: Query): string {
    return `Region: ${region ?? 'none'}`;
  }
}
