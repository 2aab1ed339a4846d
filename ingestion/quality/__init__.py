"""What the quality of a state's data is: its dimensions, their formulas and weights (docs/operacao/qualidade.md)."""
