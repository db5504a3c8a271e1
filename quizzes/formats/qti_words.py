"""Words of QTI, which are the same in every language."""

YES, NO = "Yes", "No"
SET, ADD = "Set", "Add"
SINGLE, MULTIPLE, ORDERED = "Single", "Multiple", "Ordered"
DECIMAL = "Decimal"
RESPONSE_FEEDBACK = "Response"
# Of manifests.
SCHEMA_12, SCHEMA_22, SCHEMA_30 = "IMS Content", "QTIv2.2 Package", "QTI Package"
# How the names of elements end in which something is chosen, or asked.
CHOICE, INTERACTION = "Choice", "Interaction"
