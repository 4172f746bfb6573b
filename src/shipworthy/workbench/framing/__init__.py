"""Where the inputs of framing come from: what product.yaml states, what records measured, what a person answers."""
