"""What words tell: kinds of question, places, lenders, periods, scopes. Knowledge that both stages draw on."""
