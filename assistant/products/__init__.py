"""Bank products, programmes, guarantees and subsidies as they are compared: what is offered, to whom, by which clause."""
