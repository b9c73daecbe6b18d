"""Values that papers print: money, dates, amounts in capitals, codes, names. One file each."""
