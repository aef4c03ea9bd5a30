"""orgraph: plan, check, apply and take back reorganisations, on one dated graph."""
