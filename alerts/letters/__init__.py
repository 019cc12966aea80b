"""Letters of the law, ready to sign: each a pure function of a situation and a signatory."""
