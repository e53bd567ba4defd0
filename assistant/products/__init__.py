"""Bank products, programmes, guarantees and subsidies side by side: what is offered, to whom, by which clause."""
