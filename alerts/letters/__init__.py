"""Letters of the law, ready to sign: each a pure function of a lease's situation and its sender."""
